package org.mckms.kms.domain.cek;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores content encryption keys; the id of a row is its Key ID in hex. Every method runs inside a transaction of its caller. */
public interface CekRepository {

    /**
     * A row to write.
     *
     * @param dueAt when time changes something about it
     */
    record Write(MacProtected<StoredCek> row, Instant dueAt) {}

    /**
     * What a page of rows is of.
     *
     * @param user   of this user only
     * @param server of this server only
     * @param after  behind this Key ID only
     */
    record Page(Optional<String> user, Optional<String> server, Optional<Octets> after, int limit) {}

    /**
     * What counts against the bounds of a user.
     *
     * @param sessions           with keys that have not ended, of whatever server
     * @param unacknowledgedEnds keys whose end the server has not acknowledged
     */
    record Holding(long sessions, long unacknowledgedEnds) {}

    /** Fails at once if the scope has a pending key already, or the Key ID was given out before. */
    void insert(Write cek);

    /** In this order: of one scope the key that is not active any more comes before the one that is from now on. */
    void update(List<Write> ceks);

    /** Takes from the active keys of scopes that they are the one that each may have. */
    void vacate(Collection<CekScope> scopes);

    /** In order of Key ID; those there are. */
    List<StoredRow<StoredCek>> find(Collection<Octets> keyIds);

    /** As {@link #find}, and holds the rows until the transaction ends. */
    List<StoredRow<StoredCek>> lock(Collection<Octets> keyIds);

    /** Key IDs of the keys whose place the pending ones among these take. */
    List<Octets> predecessorsOf(Collection<Octets> keyIds);

    /** Those of a scope, in order of Key ID. */
    List<StoredRow<StoredCek>> ofScope(CekScope scope);

    /** How many rows a user has, of whatever server, ended keys included. */
    long count(String userUri);

    /** What a user has of a server, as it is in the database, unchecked. */
    Holding holding(String userUri, String serverUri);

    /** All of a user, in order of Key ID; holds the rows until the transaction ends. */
    List<StoredRow<StoredCek>> lockOfUser(String userUri);

    /** Those of a user in a session, in order of Key ID; holds the rows until the transaction ends. */
    List<StoredRow<StoredCek>> lockOfUser(String userUri, String session);

    /** Those made under a token, in order of Key ID; holds the rows until the transaction ends. */
    List<StoredRow<StoredCek>> lockOfToken(Octets tokenDigest);

    /** Those of a session with a server, in order of Key ID; holds the rows until the transaction ends. */
    List<StoredRow<StoredCek>> lockOfSession(String serverUri, String session);

    /** In order of Key ID. */
    List<StoredRow<StoredCek>> page(Page page);

    /** Those of a server that it has not acknowledged as they are, in order of Key ID, behind {@code after}. */
    List<StoredRow<StoredCek>> unacknowledged(String serverUri, Optional<Octets> after, int limit);

    /** Those of a server that have not ended, in order of Key ID, behind {@code after}. */
    List<StoredRow<StoredCek>> living(String serverUri, Optional<Octets> after, int limit);

    /** Keys of several users as they are in the database, unchecked. */
    List<CekNotice> notices(Collection<String> userUris);

    /** Key IDs of rows about which time has changed something, the oldest first. */
    List<Octets> due(Instant now, int limit);

    /** Makes rows due at another time. */
    void postpone(Collection<Octets> keyIds, Instant dueAt);

    /** Makes this transaction the only one, of all nodes, that does what time brings; false if another one is. */
    boolean lockSweep();

    void remove(Collection<Octets> keyIds);

    /** How many there are of each state that there are any of. */
    Map<CekState, Long> counts();
}
