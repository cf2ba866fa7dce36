package org.mckms.it.support;

import java.time.Duration;

/**
 * The queue of deliveries in the broker of a running server, as the administrator of WildFly has it at hand. The broker is not
 * stopped alone, since WildFly stops with it whatever uses it; what it loses at a restart is all that the queue has.
 */
public final class BrokerQueue {
    private static final String QUEUE = "/subsystem=messaging-activemq/server=default/jms-queue=kmsDeliveries";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KmsHome home;

    public BrokerQueue(KmsHome home) {
        this.home = home;
    }

    /** Hands nothing to those who deliver, until {@link #resume}. */
    public void pause() {
        run("pause");
    }

    public void resume() {
        run("resume");
    }

    /** Waits until the queue has so many messages. */
    public void awaitMessages(int count) {
        Await.that(count + " messages are queued", LIMIT, () -> run("count-messages")
                .contains("\"result\" => " + count + "L"));
    }

    /** Forgets all messages, which must be so many. */
    public void forget(int count) {
        String removed = run("remove-messages");
        if (!removed.contains("\"result\" => " + count)) {
            throw new AssertionError("not " + count + " messages were forgotten: " + removed);
        }
    }

    private String run(String operation) {
        return ManagementCli.run(home, QUEUE + ":" + operation);
    }
}
