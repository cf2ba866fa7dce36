package org.mckms.client.cli;

import java.util.Optional;
import org.mckms.client.ClientKeysAdmin.Device;
import picocli.CommandLine.Parameters;

/** Whose keys a command of an operator is about. */
final class DeviceArguments {
    @Parameters(index = "0", paramLabel = "URI", description = "user, MC server or GMS that owns the keys")
    private String owner;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DEVICE", description = "which device (default: default)")
    private String device;

    Device device() {
        return new Device(owner, Optional.ofNullable(device));
    }

    @Override
    public String toString() {
        return owner + (device == null ? "" : " on " + device);
    }
}
