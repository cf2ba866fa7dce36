package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.LongStream;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.identity.KeyPeriod;

/** The key periods that each bundle of a job holds, all of one epoch, both ends included. */
public record BundleSpan(EpochId epoch, KeyPeriod first, KeyPeriod last) {

    public BundleSpan {
        requireNonNull(epoch, "epoch");
        requireNonNull(first, "first");
        requireNonNull(last, "last");
        if (last.number() < first.number()) {
            throw new InvalidValueException("the last key period is before the first one");
        }
    }

    /** How many they are. */
    public int count() {
        return Math.toIntExact(last.number() - first.number() + 1);
    }

    /** In order. */
    public List<KeyPeriod> periods() {
        return LongStream.rangeClosed(first.number(), last.number())
                .mapToObj(KeyPeriod::new)
                .toList();
    }
}
