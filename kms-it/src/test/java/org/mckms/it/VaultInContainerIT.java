package org.mckms.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ejb.EJB;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mckms.it.support.Await;
import org.mckms.kms.application.AnswerForm;
import org.mckms.kms.application.Ceremony;
import org.mckms.kms.application.EpochOrder;
import org.mckms.kms.application.EpochView;
import org.mckms.kms.application.Epochs;
import org.mckms.kms.application.KeyProvisioning;
import org.mckms.kms.application.VaultActivation;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.kms.domain.VaultState;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;

/** The real vault on a real token inside the real server, called the way the HTTP faces call it. */
@ArquillianTest
class VaultInContainerIT {
    private static final OperatorIdentity OFFICER =
            new OperatorIdentity("officer", Set.of(OperatorRole.OFFICER), "0".repeat(64));
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String CERT_URI = "cert1.container.example.org";

    @EJB(lookup = "java:global/kms/kms-ejb/Ceremony")
    private Ceremony ceremony;

    @EJB(lookup = "java:global/kms/kms-ejb/Epochs")
    private Epochs epochs;

    @EJB(lookup = "java:global/kms/kms-ejb/VaultActivation")
    private VaultActivation vault;

    @EJB(lookup = "java:global/kms/kms-ejb/KeyProvisioning")
    private KeyProvisioning provisioning;

    /** The EAR as it was built, with a web archive of this test beside the others. */
    @Deployment
    static EnterpriseArchive realEarWithThisTest() {
        Path file = Path.of(System.getProperty("jboss.home")).resolveSibling("kms.ear");
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "kms.ear")
                .importFrom(file.toFile())
                .as(EnterpriseArchive.class);
        WebArchive test = ShrinkWrap.create(WebArchive.class, "it.war")
                .addClasses(VaultInContainerIT.class, Await.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        String module = "<module><web><web-uri>it.war</web-uri><context-root>/it</context-root></web></module>";
        String application = text(ear.get("META-INF/application.xml").getAsset().openStream());
        ear.setApplicationXML(new StringAsset(application.replace("</application>", module + "</application>")));
        return ear.addAsModule(Testable.archiveToTest(test));
    }

    @BeforeEach
    void anActiveVaultWithAnEpoch() {
        // the server does that by itself, some moments after its deployment
        Await.that("the vault is active", START_LIMIT, () -> vault.status(OFFICER)
                .state()
                .equals(VaultState.ACTIVE));
        if (epochs.list(OFFICER).isEmpty()) {
            ceremony.createEpoch(OFFICER, order());
        }
    }

    @Test
    void provisionsTheSameKeySetAgainAndAgain() {
        assertEquals(keysOf("sip:inside@example.org"), keysOf("sip:inside@example.org"));
        assertFalse(keysOf("sip:inside@example.org").equals(keysOf("sip:beside@example.org")));
    }

    @Test
    void noKeyOfTheTokenCanBeTakenOut() throws Exception {
        EpochView epoch = epochs.list(OFFICER).get(0);
        KeyStore token = token();
        List<String> aliases = Collections.list(token.aliases());

        assertTrue(aliases.contains("kms.root." + epoch.id().value()), "root key among " + aliases);
        assertTrue(aliases.size() >= 3, "store keys among " + aliases);
        for (String alias : aliases) {
            Key key = token.getKey(alias, null);
            assertNull(key.getEncoded(), alias);
            assertNull(key.getFormat(), alias);
        }
    }

    @Test
    void ceremonyMakesNoSecondEpochUnderOneName() {
        assertRefused(KmsErrorCode.CONFLICT, () -> ceremony.createEpoch(OFFICER, order()));
        assertEquals(1, epochs.list(OFFICER).size());
    }

    @Test
    void ceremonyIsTheOfficersOnly() {
        OperatorIdentity auditor = new OperatorIdentity("auditor", Set.of(OperatorRole.AUDITOR), "1".repeat(64));

        assertRefused(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> ceremony.createEpoch(auditor, order()));
    }

    @Test
    void deactivatedVaultGivesNoKeysAndTheSameOnesAfterwards() {
        String before = keysOf("sip:patient@example.org");

        vault.deactivate(OFFICER, "maintenance");
        assertRefused(KmsErrorCode.NOT_READY, () -> keysOf("sip:patient@example.org"));
        assertRefused(KmsErrorCode.INVALID_PIN, () -> vault.activate(OFFICER, "not-the-pin".toCharArray()));
        assertRefused(KmsErrorCode.NOT_READY, () -> keysOf("sip:patient@example.org"));

        vault.activate(OFFICER, pin());
        assertEquals(before, keysOf("sip:patient@example.org"));
    }

    private String keysOf(String uri) {
        AuthenticatedIdentity caller =
                new AuthenticatedIdentity(ClientKind.MC_CLIENT, List.of(uri), "development", uri, "it", "127.0.0.1");
        ProvisioningRequest request =
                new ProvisioningRequest(Optional.empty(), Optional.empty(), Optional.empty(), url());
        try (AnswerForm form = new AnswerForm();
                KmsResponse response = provisioning.provision(caller, request, form)) {
            KmsKeyProv answer = (KmsKeyProv) response.message().orElseThrow();
            assertEquals(1, answer.keySets().size());
            KmsKeySet keys = answer.keySets().get(0);
            return keys.userUri()
                    + keys.userId().octets().toHex()
                    + keys.rsk().use(HexFormat.of()::formatHex)
                    + keys.ssk().use(HexFormat.of()::formatHex)
                    + keys.pvt().octets().toHex();
        }
    }

    private static void assertRefused(KmsErrorCode expected, Executable act) {
        Throwable thrown = assertThrows(Throwable.class, act);
        while (!(thrown instanceof KmsException) && thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        KmsException refusal = (KmsException) thrown;
        assertEquals(expected, refusal.code(), refusal.getMessage());
    }

    private static EpochOrder order() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new EpochOrder(
                EpochPurpose.DEVELOPMENT,
                CERT_URI,
                now.minus(1, ChronoUnit.DAYS),
                now.plus(365, ChronoUnit.DAYS),
                new KeyPeriodSchedule(2_592_000, 0));
    }

    /** A second provider of this process on the same token: login is a matter of the process. */
    private static KeyStore token() throws Exception {
        Provider provider = Security.getProvider("SunPKCS11")
                .configure("--name=it\nlibrary=" + settings().getProperty("kms.hsm.library") + "\nslotListIndex=0\n");
        KeyStore token = KeyStore.getInstance("PKCS11", provider);
        token.load(null, pin());
        return token;
    }

    private static String url() {
        return settings().getProperty("kms.base-urls") + "/keymanagement/identity/v1/keyprov";
    }

    private static char[] pin() {
        try {
            return Files.readString(Path.of(settings().getProperty("kms.hsm.pin-file")))
                    .trim()
                    .toCharArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties settings() {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty("kms.settings")))) {
            settings.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
