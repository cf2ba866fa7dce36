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
import org.mckms.gms.domain.Member;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "gms_member")
class MemberRow {

    @EmbeddedId
    Key key;

    @Column(name = "uri")
    String uri;

    @Column(name = "kms_uri")
    String kmsUri;

    @Column(name = "joined_at")
    OffsetDateTime joinedAt;

    @Column(name = "row_mac")
    String rowMac;

    @Embeddable
    static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "group_uri")
        String groupUri;

        @Column(name = "member_no")
        int number;

        Key() {
            // for the persistence provider
        }

        Key(String groupUri, int number) {
            this.groupUri = groupUri;
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && groupUri.equals(key.groupUri) && number == key.number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(groupUri, number);
        }
    }

    static MemberRow of(MacProtected<Member> stored) {
        Member member = stored.row();
        MemberRow row = new MemberRow();
        row.key = new Key(member.groupUri(), member.number());
        row.uri = member.uri();
        row.kmsUri = member.kmsUri().orElse(null);
        row.joinedAt = Columns.time(member.joinedAt());
        row.rowMac = stored.mac().toHex();
        return row;
    }

    StoredRow<Member> stored() {
        return Columns.stored(key.groupUri + " " + key.number, this::value);
    }

    private MacProtected<Member> value() {
        Member member = new Member(key.groupUri, key.number, uri, Optional.ofNullable(kmsUri), joinedAt.toInstant());
        return new MacProtected<>(member, Octets.fromHex(rowMac));
    }
}
