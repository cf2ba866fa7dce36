package org.mckms.gms.wiring;

import java.time.Instant;
import java.util.List;
import org.mckms.gms.domain.GmsIdentity;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.MadeMessage;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MessageMaking;
import org.mckms.platform.health.Finding;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Stands where a GMS would, on a server whose settings describe none. */
final class NoGms implements GmsIdentity, MessageMaking {

    private static final String SENTENCE = "this server is no GMS (gms.uri)";

    @Override
    public String uri() {
        throw off();
    }

    @Override
    public String kmsUri() {
        throw off();
    }

    @Override
    public Finding state() {
        return Finding.down(SENTENCE);
    }

    @Override
    public List<MadeMessage> make(GroupKeyToSend key, List<Member> members, Instant now) {
        throw off();
    }

    @Override
    public boolean canReach(String kmsUri, Instant now) {
        return false;
    }

    private static KmsException off() {
        return new KmsException(KmsErrorCode.NOT_READY, SENTENCE);
    }
}
