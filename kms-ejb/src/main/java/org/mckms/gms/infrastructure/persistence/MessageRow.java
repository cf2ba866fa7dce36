package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.mckms.gms.domain.MessageRecord;
import org.mckms.gms.domain.MessageState;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;

@Entity
@Table(name = "gms_message")
class MessageRow {

    @EmbeddedId
    Key key;

    @Column(name = "state")
    String state;

    @Column(name = "message")
    byte[] message;

    @Column(name = "guk_id")
    String gukId;

    @Column(name = "usable_until")
    OffsetDateTime usableUntil;

    @Column(name = "reason")
    String reason;

    @Column(name = "made_at")
    OffsetDateTime madeAt;

    @Column(name = "changed_at")
    OffsetDateTime changedAt;

    @Embeddable
    static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "key_id")
        String keyId;

        @Column(name = "member_no")
        int member;

        Key() {
            // for the persistence provider
        }

        Key(KeyIdentifier keyId, int member) {
            this.keyId = keyId.toString();
            this.member = member;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && keyId.equals(key.keyId) && member == key.member;
        }

        @Override
        public int hashCode() {
            return Objects.hash(keyId, member);
        }
    }

    static MessageRow of(MessageRecord record) {
        MessageRow row = new MessageRow();
        row.key = new Key(record.keyId(), record.memberNumber());
        row.take(record);
        return row;
    }

    void take(MessageRecord record) {
        state = record.state().name();
        message = record.message().map(Octets::toByteArray).orElse(null);
        gukId = record.gukId().toString();
        usableUntil = Columns.time(record.usableUntil());
        reason = record.reason().orElse(null);
        madeAt = Columns.time(record.madeAt());
        changedAt = Columns.time(record.changedAt());
    }

    MessageRecord record() {
        return new MessageRecord(
                Columns.keyId(key.keyId),
                key.member,
                MessageState.valueOf(state),
                Optional.ofNullable(message).map(Octets::copyOf),
                Columns.keyId(gukId),
                usableUntil.toInstant(),
                Optional.ofNullable(reason),
                madeAt.toInstant(),
                changedAt.toInstant());
    }
}
