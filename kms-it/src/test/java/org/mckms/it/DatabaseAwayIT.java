package org.mckms.it;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.Outage;
import org.mckms.it.support.PostgresCluster;

/** The database goes away under load and comes back: nobody waits, nothing is lost, nobody has to restart anything. */
class DatabaseAwayIT {
    private static PostgresCluster postgres;
    private static Kms kms;

    @BeforeAll
    static void start() {
        KmsHome home = KmsHome.make("database-away");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S"));
        postgres = PostgresCluster.start(home.dir().resolve("log"));
        kms = Kms.start(
                home, Map.of("origin", "derived"), KmsServer.Variant.AS_BUILT.withEnvironment(postgres.environment()));
    }

    @AfterAll
    static void stop() {
        kms.close();
        postgres.close();
    }

    @Test
    void databaseThatCrashesAndStartsAgain() {
        Outage.ofDatabase(postgres::stop, postgres::restart).endure(kms, "crashed", Outage.LONG);
    }

    @Test
    void databaseThatHoldsItsConnectionsAndAnswersNothing() {
        Outage.ofDatabase(postgres::pause, postgres::resume).endure(kms, "paused", Outage.LONG);
    }
}
