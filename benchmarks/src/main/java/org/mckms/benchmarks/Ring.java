package org.mckms.benchmarks;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Inputs taken in turn, so that no operation meets the same values each time. One thread uses it. */
public final class Ring<T> {
    private final List<T> values;
    private int next;

    private Ring(List<T> values) {
        this.values = values;
    }

    /** A ring of {@code size} values, made from the indexes 0 up to size - 1. */
    public static <T> Ring<T> of(int size, IntFunction<T> maker) {
        return new Ring<>(IntStream.range(0, size).mapToObj(maker).toList());
    }

    /** The value after the one that was taken before. */
    public T next() {
        T value = values.get(next);
        next = (next + 1) % values.size();
        return value;
    }
}
