package org.mckms.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.cms.SignedContent;
import org.mckms.protocol.codec.CertificateCodec;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.partner.PartnerCertificateDocument;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.sealed.RegistrationTarget;

/** Writes the inputs of the corpora that must be accepted. Run again when a format changes. */
public final class Seeds {
    private static final Instant MADE_AT = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant NOT_AFTER = Instant.parse("2036-05-01T12:00:00Z");
    private static final String ROOT = "/keymanagement/identity/v1/";
    private static final String CEK_ROOT = "/keymanagement/cek/v1/";

    private final Path corpus;
    private final SecureRandom random = new SecureRandom();
    private final KmsCertificate root = CertificateCodec.read(Keys.resource("root.xml"), Role.ROOT);

    private Seeds(Path corpus) {
        this.corpus = corpus;
    }

    /** Writes into the folder of the corpora, the only argument. */
    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        Seeds seeds = new Seeds(Path.of(arguments[0]));
        seeds.messages();
        seeds.paths();
        seeds.cekPaths();
        seeds.token();
        seeds.registration();
        seeds.bundle();
        seeds.partner();
        GroupSeeds.documents().forEach((name, octets) -> seeds.write("group", name, octets));
        CekSeeds.inputs().forEach((name, octets) -> seeds.write("cek", name, octets));
        SipSeeds.inputs().forEach((name, octets) -> seeds.write("sip", name, octets));
        MikeySeeds.inputs().forEach((name, octets) -> seeds.write("mikey", name, octets));
    }

    private void messages() {
        write("request", "signed", Keys.resource("signed-kms-request.xml"));
        String plain = new String(Keys.resource("signed-kms-request.xml"), UTF_8)
                .replaceAll("(?s)<Signature .*</Signature>", "")
                .replaceAll("</?SignedKmsRequest[^>]*>", "")
                .replace("<KmsRequest ", "<KmsRequest xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\" ");
        write("request", "plain", plain.getBytes(UTF_8));
        for (String name :
                List.of("signed-kms-response", "kms-init", "kms-keyprov-plain", "kms-certcache", "kms-error")) {
            write("response", name, Keys.resource(name + ".xml"));
        }
    }

    private void paths() {
        List<String> paths = List.of(
                "init",
                "keyprov",
                "keyprov/sip%3Aalice%40example.org",
                "keyprov/sip:alice@example.org/D6B4323200000000",
                "keyprov/tel%3A%2B4930123%3Bphone-context%3Dexample.org",
                "certcache",
                "certcache/42",
                "cert/kms.example.org",
                "lookup/sip:alice@example.org",
                "redirect");
        numbered("path", ROOT, paths);
    }

    private void cekPaths() {
        List<String> paths = List.of(
                "list",
                "acknowledgements",
                "ends",
                "events",
                "C4D7EFBFA088370407A72D3788BA3240",
                "sip%3Aalice%40example.org",
                "sip:alice@example.org/renew",
                "sip:+4930123@example.org",
                "https:%2F%2Fexample.org%2Fusers%2F1",
                "tel%3A%2B4930123%3Bphone-context%3Dexample.org/renew");
        numbered("cek-path", CEK_ROOT, paths);
    }

    private void numbered(String target, String root, List<String> paths) {
        for (int i = 0; i < paths.size(); i++) {
            write(target, "path-" + i, (root + paths.get(i)).getBytes(UTF_8));
        }
    }

    private void token() throws GeneralSecurityException {
        String signed = base64("{\"alg\":\"ES256\",\"kid\":\"idm-1\",\"typ\":\"at+jwt\"}".getBytes(UTF_8)) + "."
                + base64(("{\"iss\":\"https://idm.example.org\",\"aud\":\"kms.example.org\",\"sub\":\"alice\","
                                + "\"client_id\":\"app\",\"scope\":\"openid 3gpp:mc:ptt_key_management_service\","
                                + "\"mcptt_id\":\"sip:alice@example.org\",\"iat\":" + MADE_AT.getEpochSecond()
                                + ",\"exp\":" + MADE_AT.plusSeconds(3600).getEpochSecond() + "}")
                        .getBytes(UTF_8));
        Signature es256 = Signature.getInstance("SHA256withECDSAinP1363Format");
        es256.initSign(Keys.key("idm.key"));
        es256.update(signed.getBytes(UTF_8));
        write("token", "token", (signed + "." + base64(es256.sign())).getBytes(UTF_8));
    }

    private void registration() throws GeneralSecurityException, IOException {
        try (RegistrationFile file = new RegistrationFile(
                "reg-1",
                Keys.KMS,
                List.of("https://kms.example.org" + ROOT),
                Keys.ALICE,
                "phone 1",
                Keys.clientKeys(),
                NOT_AFTER,
                root)) {
            byte[] content = RegistrationTarget.contentOf(file);
            write("registration", "content", after(1, content));
            write("registration", "sealed", after(0, RegistrationTarget.sealedOf(content, random)));
            write(
                    "registration",
                    "file",
                    RegistrationFiles.seal(file, Recipient.certificate(Keys.DEVICE), Keys.SIGNER, random));
        }
    }

    private void bundle() {
        byte[] file = ProvisioningBundles.sign(
                new ProvisioningBundle(
                        Keys.KMS,
                        Keys.ALICE,
                        "phone 1",
                        MADE_AT,
                        Octets.copyOf(Keys.resource("kms-init.xml")),
                        Octets.copyOf(Keys.resource("signed-kms-response.xml"))),
                Keys.SIGNER);
        write("bundle", "file", file);
        byte[] content = SignedContent.open(
                        file, CMSObjectIdentifiers.data, ProvisioningBundles.MAX_OCTETS, Optional.empty())
                .content()
                .toByteArray();
        write("bundle", "content", after(0, content));
    }

    private void partner() {
        write("partner", "signed", PartnerCertificateDocument.write(root, Keys.SIGNER));
        write("partner", "plain", CertificateCodec.encode(PartnerCertificateDocument.asExternal(root)));
    }

    private void write(String target, String name, byte[] octets) {
        try {
            Files.createDirectories(corpus.resolve(target));
            Files.write(corpus.resolve(target).resolve("accepted-" + name), octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] after(int kind, byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(kind);
        out.writeBytes(octets);
        return out.toByteArray();
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
