package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.mckms.kms.domain.KeySetSelfCheck.Expected;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.SakkeExtractor;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * Makes and checks key sets of masters that nobody has, before the first user asks. It has the tables made and the code compiled, and
 * it finds arithmetic that is wrong from the start.
 */
public final class ExtractionRehearsal {

    private static final int ROUNDS = 8;
    private static final int BATCH = 3;
    private static final int ROOT_OCTETS = 64;
    private static final String KMS_URI = "rehearsal.invalid";
    private static final KeyPeriodSchedule SCHEDULE = new KeyPeriodSchedule(2_592_000, 0);

    private final ExtractionSteps steps;
    private final KeySetSelfCheck selfCheck;
    private final SecureRandom random;

    /** @param random for masters and blinding */
    public ExtractionRehearsal(SakkeExtractor sakke, SecureRandom random) {
        this(new ExtractionSteps(sakke, random), new KeySetSelfCheck(sakke, random), random);
    }

    ExtractionRehearsal(ExtractionSteps steps, KeySetSelfCheck selfCheck, SecureRandom random) {
        this.steps = requireNonNull(steps, "steps");
        this.selfCheck = requireNonNull(selfCheck, "selfCheck");
        this.random = requireNonNull(random, "random");
    }

    /**
     * Whether all key sets passed their self-check.
     *
     * @throws RuntimeException whatever a step throws
     */
    public boolean succeeds() {
        try (SecretOctets root = root();
                MasterSecrets masters = masters(root)) {
            return IntStream.range(0, ROUNDS).allMatch(round -> succeeds(masters, round % 2 == 0 ? 1 : BATCH));
        }
    }

    private boolean succeeds(MasterSecrets masters, int keySets) {
        List<KeyOrder> orders = IntStream.range(0, keySets)
                .mapToObj(i -> new KeyOrder("sip:user" + i + "@" + KMS_URI, new KeyPeriod(0), IdentityEncoding.RAW, 0))
                .toList();
        List<UserIdentifier> uids = orders.stream()
                .map(order -> UserIdentifier.format2(order.userUri(), KMS_URI, SCHEDULE, order.period()))
                .toList();
        List<Expected> expected = uids.stream()
                .map(uid -> new Expected(IdentityEncoding.RAW.identityOctets(uid), 0))
                .toList();
        try (KeySetBatch batch = KeySetBatch.compute(steps, masters, orders, uids)) {
            return selfCheck.accepts(batch.candidates(), masters, masters.kpak(), expected);
        }
    }

    private SecretOctets root() {
        byte[] root = new byte[ROOT_OCTETS];
        random.nextBytes(root);
        return SecretOctets.takeFrom(root);
    }

    private static MasterSecrets masters(SecretOctets root) {
        DerivationContext context =
                new DerivationContext(EpochPurpose.DEVELOPMENT, new EpochId(new UUID(0, 0)), KMS_URI);
        Prf prf = new HmacSha512(root);
        return new MasterSecrets(
                MasterDerivation.ksak(prf, context),
                MasterDerivation.zT(prf, context),
                MasterDerivation.kV(prf, context),
                context);
    }
}
