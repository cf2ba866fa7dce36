package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;

/** The callbacks of members, checked against their MACs: nobody has keys sent elsewhere by writing to the database. */
public final class CallbackRegister implements Callbacks {

    private static final String TABLE = "gms-callback";

    private final CallbackRepository rows;
    private final GroupGuard guard;

    public CallbackRegister(CallbackRepository rows, GroupGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    @Override
    public Map<String, String> addressesOf(Collection<String> memberUris) {
        return rows.findAll(memberUris).stream()
                .map(this::trusted)
                .collect(Collectors.toMap(Callback::memberUri, Callback::address));
    }

    public Optional<Callback> find(String memberUri) {
        return rows.find(memberUri).map(this::trusted);
    }

    /** In the place of the one that the member had. */
    public void put(Callback callback) {
        rows.put(guard.protect(callback, fields(callback)));
    }

    /** @return whether there was one */
    public boolean remove(String memberUri) {
        return rows.remove(memberUri);
    }

    private Callback trusted(StoredRow<Callback> row) {
        return guard.trusted(TABLE, row, this::fields);
    }

    private RowFields fields(Callback callback) {
        return guard.fields(TABLE)
                .text(callback.memberUri())
                .text(callback.address())
                .time(callback.registeredAt());
    }
}
