package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mckms.protocol.error.KmsException;

/**
 * Extracts together what several requests ask for in the same moment: many key sets cost less than as many times one. Nothing waits
 * in order to be gathered. A call goes ahead at once unless as many are at work as there may be; those that come meanwhile are taken
 * along by the next one that begins, which is one of them. Thread safe.
 *
 * <p>Requests share the work but not its failures: when the key set of one fails its check, or its URI is none, the others are made
 * each alone.
 */
public final class GatheredExtraction {

    /** Key sets that are made together; many enough for what they share to cost little each. */
    private static final int TOGETHER = 32;

    private final MasterSecretVault vault;
    private final KeySetExtraction extraction;
    private final int atOnce;

    /** Those that wait for their turn, the oldest first. Guarded by itself, like {@code atWork}. */
    private final Deque<Ticket> waiting = new ArrayDeque<>();

    private int atWork;

    /**
     * One call.
     *
     * @param next what its thread does once it need not wait any longer
     */
    private record Ticket(Epoch epoch, List<KeyOrder> orders, CompletableFuture<Supplier<List<IssuedKeys>>> next) {

        boolean isOf(String userUri) {
            return orders.stream().anyMatch(order -> order.userUri().equals(userUri));
        }
    }

    /** @param atOnce how many computations there may be at the same time, 1 or more */
    public GatheredExtraction(MasterSecretVault vault, KeySetExtraction extraction, int atOnce) {
        this.vault = requireNonNull(vault, "vault");
        this.extraction = requireNonNull(extraction, "extraction");
        if (atOnce < 1) {
            throw new IllegalArgumentException("no computation could begin: " + atOnce);
        }
        this.atOnce = atOnce;
    }

    /**
     * As {@link KeySetExtraction#issue}, with the masters lent by the vault.
     *
     * @throws KmsException as that and {@link MasterSecretVault#withMasterSecrets}
     */
    public List<IssuedKeys> issue(Epoch epoch, List<KeyOrder> orders) {
        if (orders.size() >= TOGETHER) {
            return made(epoch, orders);
        }
        Ticket ticket = new Ticket(epoch, List.copyOf(orders), new CompletableFuture<>());
        return begins(ticket) ? work(ticket) : ticket.next().join().get();
    }

    private boolean begins(Ticket ticket) {
        synchronized (waiting) {
            if (atWork < atOnce) {
                atWork++;
                return true;
            }
            waiting.add(ticket);
            return false;
        }
    }

    /** Makes what {@code first} asks for, and what waits and fits to it. */
    private List<IssuedKeys> work(Ticket first) {
        List<Ticket> tickets = fitting(first);
        List<Supplier<List<IssuedKeys>>> ends = make(tickets);
        passOn();
        for (int i = 1; i < tickets.size(); i++) {
            tickets.get(i).next().complete(ends.get(i));
        }
        return ends.get(0).get();
    }

    /** The ticket, and those behind it that ask for keys of the same epoch. */
    private List<Ticket> fitting(Ticket first) {
        List<Ticket> tickets = new ArrayList<>(List.of(first));
        int room = TOGETHER - first.orders().size();
        synchronized (waiting) {
            for (Iterator<Ticket> others = waiting.iterator(); others.hasNext(); ) {
                Ticket other = others.next();
                if (other.orders().size() <= room && other.epoch().equals(first.epoch())) {
                    room -= other.orders().size();
                    tickets.add(other);
                    others.remove();
                }
            }
        }
        return tickets;
    }

    /** Lets the one that has waited longest begin. */
    private void passOn() {
        synchronized (waiting) {
            Ticket ticket = waiting.poll();
            if (ticket == null) {
                atWork--;
            } else {
                ticket.next().complete(() -> work(ticket));
            }
        }
    }

    /** How the call of each ticket ends. Never throws, so that nobody waits for ever. */
    private List<Supplier<List<IssuedKeys>>> make(List<Ticket> tickets) {
        try {
            return parts(tickets);
        } catch (SelfCheckFailedException e) {
            return ends(tickets, ticket -> ticket.isOf(e.userUri()) ? failed(e) : () -> alone(ticket));
        } catch (KmsException e) { // of the vault or the epoch, which are the same for all
            return ends(tickets, ticket -> failed(e));
        } catch (RuntimeException | Error e) { // of one of them, which will show
            return ends(tickets, ticket -> () -> alone(ticket));
        }
    }

    private List<Supplier<List<IssuedKeys>>> parts(List<Ticket> tickets) {
        List<KeyOrder> orders =
                tickets.stream().flatMap(ticket -> ticket.orders().stream()).toList();
        Iterator<IssuedKeys> keys = made(tickets.get(0).epoch(), orders).iterator();
        return ends(tickets, ticket -> {
            List<IssuedKeys> part =
                    ticket.orders().stream().map(order -> keys.next()).toList();
            return () -> part;
        });
    }

    private static List<Supplier<List<IssuedKeys>>> ends(
            List<Ticket> tickets, Function<Ticket, Supplier<List<IssuedKeys>>> end) {
        return tickets.stream().map(end).toList();
    }

    private static Supplier<List<IssuedKeys>> failed(KmsException e) {
        return () -> {
            throw e;
        };
    }

    private List<IssuedKeys> alone(Ticket ticket) {
        return made(ticket.epoch(), ticket.orders());
    }

    private List<IssuedKeys> made(Epoch epoch, List<KeyOrder> orders) {
        return vault.withMasterSecrets(epoch, masters -> extraction.issue(masters, epoch, orders));
    }
}
