package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.mckms.kms.application.ContentKeyEnds;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;

/** Rows that were altered are erased, so that they keep nobody from ending the others. */
@ApplicationScoped
public class CekEndings implements ContentKeyEnds {

    @Inject
    CekRegister register;

    @Inject
    CekLife life;

    @Inject
    Clock clock;

    @Override
    public void endAllOf(String userUri, CekEnding why, Consumer<AuditNote> trail) {
        endAllOf(userUri, why, CekAuthor.SYSTEM, trail);
    }

    /** @return how many ended */
    int endAllOf(String userUri, CekEnding why, CekAuthor author, Consumer<AuditNote> trail) {
        return end(register.lockOfUser(userUri), why, userUri, author, trail);
    }

    @Override
    public void endOfToken(Octets tokenDigest, Consumer<AuditNote> trail) {
        end(
                register.lockOfToken(tokenDigest),
                CekEnding.TOKEN_REVOKED,
                "token " + tokenDigest.toHex(),
                CekAuthor.SYSTEM,
                trail);
    }

    private int end(
            CekRegister.Found found, CekEnding why, String subject, CekAuthor author, Consumer<AuditNote> trail) {
        List<CekRecord> before = found.records();
        life.end(found.intact(), why, false, now(), author, trail);
        register.remove(found.altered());
        found.altered()
                .forEach(keyId -> trail.accept(author.note(AuditEvent.CEK_ENDED, subject)
                        .with("keyId", keyId.toHex())
                        .with("ending", why.name())
                        .with("altered", "true")));
        long ended =
                before.stream().filter(cek -> cek.state() != CekState.ENDED).count();
        return Math.toIntExact(ended) + found.altered().size();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
