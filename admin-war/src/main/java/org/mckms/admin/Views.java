package org.mckms.admin;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.kms.application.AuditPage;
import org.mckms.kms.application.EpochView;
import org.mckms.kms.application.IdentityView;
import org.mckms.kms.application.IssueAdvance;
import org.mckms.kms.application.StatusReport;
import org.mckms.kms.domain.VaultStatus;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.audit.AuditReport;
import org.mckms.protocol.codec.InteropProfile;
import org.mckms.protocol.message.KmsCertificate;

/** How results of use cases look in JSON. Times are ISO 8601 in UTC; what is absent is null. */
final class Views {

    private Views() {}

    /** @param gms one sentence */
    static JsonObject of(StatusReport status, String gms) {
        return Json.createObjectBuilder()
                .add("node", status.node())
                .add("profile", status.profile())
                .add("kmsUri", status.kmsUri())
                .add("ready", status.ready())
                .add("reasonsNotReady", texts(status.reasonsNotReady()))
                .add("vault", of(status.vault()))
                .add(
                        "currentEpoch",
                        status.currentEpoch().<JsonValue>map(Views::of).orElse(JsonValue.NULL))
                .add("database", status.database())
                .add("audit", status.audit())
                .add("arithmetic", status.arithmetic())
                .add("deliveries", status.deliveries())
                .add("gms", gms)
                .build();
    }

    static JsonObject of(VaultStatus vault) {
        return Json.createObjectBuilder()
                .add("state", vault.state().name())
                .add("detail", vault.detail())
                .add("tokenLabel", vault.tokenLabel())
                .add("slot", vault.slot())
                .add("generation", vault.generation())
                .build();
    }

    static JsonObject of(EpochView epoch) {
        return Json.createObjectBuilder()
                .add("id", epoch.id().toString())
                .add("purpose", epoch.purpose().name())
                .add("origin", epoch.origin().name())
                .add("state", epoch.state().name())
                .add("current", epoch.current())
                .addAll(Json.createObjectBuilder(of(epoch.certificate())))
                .build();
    }

    static JsonObject of(KmsCertificate certificate) {
        return Json.createObjectBuilder()
                .add("role", certificate.role().name())
                .add("certUri", text(certificate.certUri()))
                .add("kmsUri", certificate.kmsUri())
                .add("issuer", text(certificate.issuer()))
                .add("validFrom", text(certificate.validFrom()))
                .add("validTo", text(certificate.validTo()))
                .add("revoked", certificate.revoked())
                .add("userKeyPeriod", certificate.schedule().lengthSeconds())
                .add("userKeyOffset", certificate.schedule().offsetSeconds())
                .add("pubEncKey", certificate.pubEncKey().octets().toHex())
                .add("pubAuthKey", certificate.pubAuthKey().octets().toHex())
                .add("domains", texts(certificate.domains()))
                .build();
    }

    static JsonObject of(IdentityView identity) {
        return Json.createObjectBuilder()
                .add("uri", identity.uri())
                .add("kind", identity.kind().name())
                .add("firstSeen", identity.firstSeen().toString())
                .add("registeredAt", text(identity.registeredAt()))
                .add("blocked", identity.blockedReason().isPresent())
                .add("blockedReason", text(identity.blockedReason()))
                .add("periodsServed", identity.policy().periodsServed().name())
                .add(
                        "profiles",
                        texts(identity.policy().orderedProfiles().stream()
                                .map(InteropProfile::profileName)
                                .toList()))
                .add("issue", identity.issue())
                .add("revision", identity.revision())
                .add("integrity", identity.integrity().name())
                .build();
    }

    static JsonObject of(IssueAdvance advance) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("uri", advance.uri())
                .add("outcome", advance.outcome().name())
                .add("issue", advance.issue());
        boolean waits = advance.outcome() == IssueAdvance.Outcome.REQUESTED;
        return json.add(
                        "expiresAt",
                        waits ? Json.createValue(advance.expiresAt().toString()) : JsonValue.NULL)
                .build();
    }

    static JsonObject of(AuditPage page) {
        return list("records", page.entries(), entry -> record(entry.position(), entry.record()))
                .add(
                        "next",
                        page.next().isPresent() ? Json.createValue(page.next().getAsLong()) : JsonValue.NULL)
                .build();
    }

    private static JsonObject record(long position, AuditRecord record) {
        JsonObjectBuilder details = Json.createObjectBuilder();
        record.details().forEach(details::add);
        return Json.createObjectBuilder()
                .add("position", position)
                .add("time", record.time().toString())
                .add("node", record.node())
                .add("chain", record.chain())
                .add("sequence", record.sequence())
                .add("event", record.event())
                .add("outcome", record.outcome())
                .add("actor", record.actor())
                .add("subject", record.subject())
                .add("details", details)
                .build();
    }

    static JsonObject of(AuditReport report) {
        return Json.createObjectBuilder()
                .add("holds", report.holds())
                .add("records", report.records())
                .add("chains", report.chains())
                .add("checkpoints", report.checkpoints())
                .add("firstFault", text(report.firstFault()))
                .build();
    }

    /** A list under its name, to which more may be added. */
    static <T> JsonObjectBuilder list(String name, Collection<T> values, Function<T, JsonObject> view) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        values.forEach(value -> array.add(view.apply(value)));
        return Json.createObjectBuilder().add(name, array);
    }

    private static JsonArray texts(List<String> texts) {
        return Json.createArrayBuilder(texts).build();
    }

    static JsonValue text(Optional<?> value) {
        return value.<JsonValue>map(present -> Json.createValue(present.toString()))
                .orElse(JsonValue.NULL);
    }
}
