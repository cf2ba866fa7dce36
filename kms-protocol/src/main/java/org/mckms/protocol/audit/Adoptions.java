package org.mckms.protocol.audit;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/** Which chains were taken note of as crashed, and where they ended by that note. */
final class Adoptions {
    private final SortedMap<String, Adoption> byChain = new TreeMap<>();

    private record Adoption(AuditRecord by, ChainHead end) {}

    /** Notes the adoption that a record states, if it states one. */
    void take(AuditRecord record) throws FaultFound {
        if (!record.is(AuditEvent.CHAIN_ADOPTED)) {
            return;
        }
        String chain = record.details().get(AuditRecord.ADOPTED_CHAIN);
        FaultFound.unless(chain != null, record, "it names no chain that it adopts");
        FaultFound.unless(!chain.equals(record.chain()), record, "the chain adopts itself");
        Adoption earlier = byChain.put(chain, new Adoption(record, end(record)));
        FaultFound.unless(earlier == null, record, "it adopts chain " + chain + ", which was adopted before");
    }

    boolean contains(String chain) {
        return byChain.containsKey(chain);
    }

    /** Compares every adoption with the chain as it was read. */
    void requireTrue(Map<String, ChainCheck> chains) throws FaultFound {
        for (Map.Entry<String, Adoption> entry : byChain.entrySet()) {
            String chain = entry.getKey();
            Adoption adoption = entry.getValue();
            ChainCheck adopted = chains.get(chain);
            FaultFound.unless(adopted != null, adoption.by(), "it adopts chain " + chain + ", which is missing");
            FaultFound.unless(!adopted.closed(), adoption.by(), "it adopts chain " + chain + ", which was closed");
            FaultFound.unless(
                    adopted.head().equals(adoption.end()),
                    adoption.by(),
                    "it adopts chain " + chain + " at sequence "
                            + adoption.end().sequence() + ", which ends at sequence "
                            + adopted.head().sequence() + " or otherwise");
        }
    }

    private static ChainHead end(AuditRecord record) throws FaultFound {
        try {
            return new ChainHead(
                    Long.parseLong(record.details().getOrDefault(AuditRecord.ADOPTED_SEQUENCE, "")),
                    Octets.fromHex(record.details().getOrDefault(AuditRecord.ADOPTED_HASH, "")));
        } catch (NumberFormatException | InvalidValueException e) {
            throw new FaultFound(record, "it does not say where the adopted chain ended");
        }
    }
}
