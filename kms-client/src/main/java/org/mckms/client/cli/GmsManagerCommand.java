package org.mckms.client.cli;

import jakarta.json.JsonObject;
import java.util.function.Function;
import org.mckms.client.GroupManagerClient;
import picocli.CommandLine.Mixin;

/** What the commands of those who manage groups have in common. */
abstract class GmsManagerCommand extends KmsctlCommand {
    @Mixin
    private GmsOptions gms;

    GroupManagerClient client() {
        return gms.manager(context(), home());
    }

    /** Asks, and says so if it takes long. */
    JsonObject ask(String doing, Function<GroupManagerClient, JsonObject> act) {
        GroupManagerClient client = client();
        return context().progress(doing, () -> act.apply(client));
    }

    /** Starts a job and shows it. */
    int start(String doing, GroupJobWatch watch, String sentence, Function<GroupManagerClient, JsonObject> act) {
        GroupManagerClient client = client();
        JsonObject job = context().progress(doing, () -> act.apply(client));
        return watch.show(this, client, sentence, job);
    }
}
