package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.mckms.client.KeySetReport;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;

/** Shows an answer of a KMS to a program: octet strings in upper-case hex, the UID in lower case. */
final class ResponseJson {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final boolean showSecrets;

    /** @param showSecrets whether private keys are written; else their members are absent */
    ResponseJson(boolean showSecrets) {
        this.showSecrets = showSecrets;
    }

    /** @param reports one per key set in their order, or none when they were not checked */
    JsonObject of(KmsResponse response, List<KeySetReport> reports) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("userUri", response.userUri())
                .add("kmsUri", response.kmsUri())
                .add("time", response.time().toString());
        response.kmsId().ifPresent(id -> json.add("kmsId", id));
        json.add("clientReqUrl", response.clientReqUrl());
        if (response.answer() instanceof KmsError error) {
            json.add(
                    "kmsError",
                    Json.createObjectBuilder().add("code", error.code()).add("message", error.message()));
        } else if (response.answer() instanceof KmsInit init) {
            json.add("kmsInit", certificate(init.certificate()));
        } else if (response.answer() instanceof KmsKeyProv provisioned) {
            json.add("kmsKeyProv", keySets(provisioned.keySets(), reports));
        } else if (response.answer() instanceof KmsCertCache cache) {
            JsonObjectBuilder content = Json.createObjectBuilder();
            cache.cacheNum().ifPresent(number -> content.add("cacheNum", number));
            json.add("kmsCertCache", content.add("certificates", certificates(cache.certificates())));
        }
        response.ceks().ifPresent(list -> json.add("cekList", ceks(list)));
        return json.build();
    }

    private JsonArrayBuilder ceks(CekList list) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        list.ceks().forEach(cek -> array.add(cek(cek)));
        return array;
    }

    private JsonObjectBuilder cek(Cek cek) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("keyId", cek.keyId().toHex())
                .add("revision", cek.revision())
                .add("status", cek.status().wireName())
                .add("peerUri", cek.peerUri());
        cek.userUri().ifPresent(uri -> json.add("userUri", uri));
        cek.session().ifPresent(session -> json.add("session", session));
        addTimes(json, Optional.of(cek.validFrom()), cek.validTo());
        cek.refreshAfter().ifPresent(time -> json.add("refreshAfter", time.toString()));
        cek.refreshAfterMessages().ifPresent(count -> json.add("refreshAfterMessages", count));
        cek.key().filter(key -> showSecrets).ifPresent(key -> json.add("cek", key.<String>use(HEX::formatHex)));
        return json;
    }

    static JsonArrayBuilder certificates(List<KmsCertificate> certificates) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        certificates.forEach(certificate -> array.add(certificate(certificate)));
        return array;
    }

    private static JsonObjectBuilder certificate(KmsCertificate certificate) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("role", certificate.role().wireName());
        certificate.certUri().ifPresent(uri -> json.add("certUri", uri));
        json.add("kmsUri", certificate.kmsUri());
        certificate.issuer().ifPresent(issuer -> json.add("issuer", issuer));
        addTimes(json, certificate.validFrom(), certificate.validTo());
        JsonArrayBuilder domains = Json.createArrayBuilder();
        certificate.domains().forEach(domains::add);
        return json.add("revoked", certificate.revoked())
                .add("securityGateway", certificate.securityGateway())
                .add("userKeyPeriod", certificate.schedule().lengthSeconds())
                .add("userKeyOffset", certificate.schedule().offsetSeconds())
                .add("domains", domains)
                .add("pubEncKey", certificate.pubEncKey().octets().toHex())
                .add("pubAuthKey", certificate.pubAuthKey().octets().toHex());
    }

    private JsonArrayBuilder keySets(List<KmsKeySet> keySets, List<KeySetReport> reports) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (int i = 0; i < keySets.size(); i++) {
            JsonObjectBuilder json = keySet(keySets.get(i));
            json.add("checked", i < reports.size());
            if (i < reports.size()) {
                json.add("valid", reports.get(i).nothingFailed()).add("checks", checks(reports.get(i)));
            }
            array.add(json);
        }
        return array;
    }

    private JsonObjectBuilder keySet(KmsKeySet keys) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("kmsUri", keys.kmsUri());
        keys.certUri().ifPresent(uri -> json.add("certUri", uri));
        keys.issuer().ifPresent(issuer -> json.add("issuer", issuer));
        json.add("userUri", keys.userUri())
                .add("userId", Texts.lowerHex(keys.userId().octets()));
        addTimes(json, keys.validFrom(), keys.validTo());
        json.add("keyPeriodNo", keys.period().number())
                .add("revoked", keys.revoked())
                .add("pvt", keys.pvt().octets().toHex());
        if (showSecrets) {
            json.add("rsk", keys.rsk().<String>use(HEX::formatHex));
            json.add("ssk", keys.ssk().<String>use(HEX::formatHex));
        }
        return json;
    }

    private static JsonArrayBuilder checks(KeySetReport report) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        report.findings()
                .forEach(finding -> array.add(Json.createObjectBuilder()
                        .add("check", finding.check().name())
                        .add("outcome", finding.outcome().name())
                        .add("detail", finding.detail())));
        return array;
    }

    private static void addTimes(JsonObjectBuilder json, Optional<Instant> from, Optional<Instant> to) {
        from.ifPresent(time -> json.add("validFrom", time.toString()));
        to.ifPresent(time -> json.add("validTo", time.toString()));
    }
}
