package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * One bundle of a job.
 *
 * @param number  1 for the first user of the list; names the file
 * @param device  name of the device; empty: the one that the identity's keys are taken from when none is named
 * @param failure why it could not be made, starting with the name of the error
 * @param sha256  of the file, once it is written
 */
public record BundleItem(
        int number,
        String userUri,
        Optional<String> device,
        BundleItemState state,
        Optional<String> failure,
        Optional<Octets> sha256) {

    public BundleItem {
        requireNonNull(userUri, "userUri");
        requireNonNull(device, "device");
        requireNonNull(state, "state");
        requireNonNull(failure, "failure");
        requireNonNull(sha256, "sha256");
        if (number < 1) {
            throw new InvalidValueException("items are counted from 1");
        }
    }
}
