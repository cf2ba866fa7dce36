package org.mckms.client.cli;

import java.time.Duration;
import org.mckms.client.ClientKeysAdmin;
import org.mckms.client.ClientKeysAdmin.Device;
import org.mckms.client.ClientKeysAdmin.Order;

/** Plays the two officers whom the keys of an MC server or GMS need, as only a development home can. */
final class ServerRegistration {
    static final String FIRST_OFFICER = "officer";
    static final String SECOND_OFFICER = "officer2";

    private static final Duration FIRST_USE = Duration.ofHours(1);

    private final CliContext context;
    private final ClientKeysAdmin first;
    private final ClientKeysAdmin second;

    ServerRegistration(CliContext context, ClientKeysAdmin first, ClientKeysAdmin second) {
        this.context = context;
        this.first = first;
        this.second = second;
    }

    /** One officer asks for the keys of a server, the other approves. Gives the file, sealed under the passphrase. */
    byte[] register(Device device, String reason, char[] passphrase) {
        context.progress("asking for keys", () -> first.request(device, reason));
        return context.progress("approving", () -> second.approve(new Order(device, FIRST_USE, reason), passphrase))
                .file()
                .orElseThrow(() -> new CommandFailedException("no registration file came"));
    }
}
