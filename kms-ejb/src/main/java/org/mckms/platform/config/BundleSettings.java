package org.mckms.platform.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How pre-provisioning bundles are made.
 *
 * @param directory  where their files are kept, the same place for all nodes; empty: this node makes none
 * @param maxPeriods how many key periods are given out in advance at most, the current one included
 * @param workers    threads of this node that make bundles
 */
public record BundleSettings(Optional<Path> directory, int maxPeriods, int workers) {

    public BundleSettings {
        requireNonNull(directory, "directory");
    }
}
