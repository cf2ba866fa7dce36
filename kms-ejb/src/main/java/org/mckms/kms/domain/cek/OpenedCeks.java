package org.mckms.kms.domain.cek;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekList;

/** Some content encryption keys with their octets. Closing wipes them all. Not thread safe. */
public final class OpenedCeks implements AutoCloseable {

    private final List<OpenedCek> ceks = new ArrayList<>();

    /** Takes one over. */
    public void add(OpenedCek cek) {
        ceks.add(cek);
    }

    public List<CekRecord> records() {
        return ceks.stream().map(OpenedCek::record).toList();
    }

    /** The key that waits for its server, if there is one and no other key that serves meanwhile. */
    public List<Octets> awaited() {
        boolean served = records().stream().anyMatch(cek -> cek.state() == CekState.ACTIVE);
        return served
                ? List.of()
                : records().stream()
                        .filter(cek -> cek.state() == CekState.PENDING)
                        .map(CekRecord::keyId)
                        .toList();
    }

    /**
     * As they travel, in their order, {@value CekList#MAX} at most: ended ones are left out first; a copy of the octets goes with each, which the receiver closes.
     *
     * @param addressee as for {@link OpenedCek#to}
     */
    public CekList to(String addressee, CekPolicy policy) {
        List<Cek> list = new ArrayList<>();
        boolean done = false;
        try {
            chosen().forEach(cek -> list.add(cek.to(addressee, policy)));
            CekList made = new CekList(list);
            done = true;
            return made;
        } finally {
            if (!done) {
                list.forEach(Cek::close);
            }
        }
    }

    private List<OpenedCek> chosen() {
        Set<OpenedCek> most = ceks.stream()
                .sorted(Comparator.comparing(cek -> cek.record().state() == CekState.ENDED))
                .limit(CekList.MAX)
                .collect(Collectors.toSet());
        return ceks.stream().filter(most::contains).toList();
    }

    @Override
    public void close() {
        ceks.forEach(OpenedCek::close);
    }
}
