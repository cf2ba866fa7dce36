package org.mckms.gms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.gms.application.GroupRig.ALICE;
import static org.mckms.gms.application.GroupRig.BOB;
import static org.mckms.gms.application.GroupRig.GROUP;
import static org.mckms.gms.application.GroupRig.OWNER;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyUse;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;

/** Somebody who can write to the database but has no data key. */
class TamperedGroupsTest {

    private static final String OTHER = "sip:fire-8@example.org";

    private final GroupRig rig = new GroupRig();

    @BeforeEach
    void open() {
        rig.create(ALICE);
        rig.groups.create(
                OWNER,
                new GroupOrder(
                        OTHER,
                        "",
                        McService.MCPTT,
                        KeyPlan.of(List.of(KeyUse.MEDIA, KeyUse.FLOOR)),
                        List.of(MemberOrder.own(BOB))));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void write(String sql) {
        assertThat(execute(sql)).isPositive();
    }

    private int execute(String sql) {
        return rig.transactions.inNew(
                () -> rig.transactions.entities().createNativeQuery(sql).executeUpdate());
    }

    private void noticed(Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.INTERNAL));
        assertThat(rig.audit.events()).contains(AuditEvent.ROW_TAMPERED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner = 'sip:mallory@example.org'",
                "name = 'x'",
                "service = 'MCVIDEO'",
                "state = 'TORN_DOWN'",
                "temporary = TRUE",
                "uses = 'MEDIA'",
                "floor_purpose = 'GMK'",
                "rekey_every = 60",
                "lifetime = 60",
                "generation = 7",
                "members = 2, last_member = 2",
                "last_member = 2",
                "created_at = TIMESTAMP '2020-01-01 00:00:00+00'",
                "service = 'NONE'"
            })
    void aChangedGroup(String change) {
        write("UPDATE gms_group SET " + change + " WHERE uri = '" + GROUP + "'");

        noticed(() -> rig.groups.rekey(OWNER, GROUP, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uri = 'sip:mallory@example.org'",
                "kms_uri = 'kms.mallory.example'",
                "joined_at = TIMESTAMP '2020-01-01 00:00:00+00'",
                "member_no = 2"
            })
    void aChangedMember(String change) {
        write("UPDATE gms_member SET " + change + " WHERE group_uri = '" + GROUP + "'");

        noticed(() -> rig.memberships.page(OWNER, GROUP, 0, 10));
        rig.groups.rekey(OWNER, GROUP, Optional.empty());
        rig.work.run();
        List<KeyIdentifier> keys = rig.keyIds();
        assertThat(rig.transactions.inNew(() -> rig.rows.messages().find(keys, List.of(1, 2))))
                .isEmpty();
    }

    @Test
    void aMemberOfAnotherGroupPutIntoThisOne() {
        write("UPDATE gms_member SET group_uri = '" + GROUP + "', member_no = 2 WHERE group_uri = '" + OTHER + "'");

        noticed(() -> rig.fetch(BOB));
        noticed(() -> rig.groups.rekey(OWNER, GROUP, Optional.empty()));
    }

    @Test
    void aMemberWhoLeftPutBack() {
        rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own(BOB)), false);
        execute("CREATE TABLE kept AS SELECT * FROM gms_member WHERE group_uri = '" + GROUP + "' AND member_no = 2");
        rig.memberships.remove(OWNER, GROUP, Set.of(BOB));
        write("INSERT INTO gms_member SELECT * FROM kept");

        noticed(() -> rig.groups.rekey(OWNER, GROUP, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'REVOKED'",
                "superseded_at = TIMESTAMP '2027-01-01 00:00:00+00'",
                "revoked_at = TIMESTAMP '2027-01-01 00:00:00+00'",
                "expiry = TIMESTAMP '2027-01-01 00:00:00+00'",
                "rand = '00000000000000000000000000000000'",
                "generation = 9",
                "origin = 'sip:gms@mallory.example'",
                "purpose = 'GMK'",
                "sealed = '00'"
            })
    void aChangedKey(String change) {
        write("UPDATE gms_key SET " + change + " WHERE group_uri = '" + GROUP + "' AND key_use = 'FLOOR'");

        noticed(() -> rig.fetch(ALICE));
    }

    @Test
    void aKeyOfAnotherGroupPutInThePlaceOfThisOnes() {
        String of = "(SELECT sealed FROM gms_key WHERE key_use = 'MEDIA' AND group_uri = '" + OTHER + "')";
        write("UPDATE gms_key SET sealed = " + of + " WHERE key_use = 'MEDIA' AND group_uri = '" + GROUP + "'");

        noticed(() -> rig.fetch(ALICE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind = 'REVOKE'", "total = 0", "key_ids = '00000001'", "state = 'PAUSED'"})
    void aChangedJob(String change) {
        write("UPDATE gms_job SET " + change + " WHERE group_uri = '" + GROUP + "'");

        noticed(() -> rig.jobs.ofGroup(OWNER, GROUP, 1));
    }
}
