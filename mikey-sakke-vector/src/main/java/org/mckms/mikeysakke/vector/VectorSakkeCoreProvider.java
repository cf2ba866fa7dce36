package org.mckms.mikeysakke.vector;

import java.security.SecureRandom;
import java.util.Optional;
import jdk.incubator.vector.DoubleVector;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SakkeCoreProvider;

/**
 * Offers the core on vectors. It can be loaded and asked without the JDK's module of vectors: only {@link #create}, and the last part of
 * {@link #obstacle}, touch classes of it.
 */
public final class VectorSakkeCoreProvider implements SakkeCoreProvider {
    private static final String MODULE = "jdk.incubator.vector";

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public Optional<String> obstacle() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.of("the JVM was started without --add-modules " + MODULE);
        }
        return Widest.OCTETS < Lanes.COUNT * Double.BYTES
                ? Optional.of("no vectors of 512 bits on this machine")
                : Optional.empty();
    }

    @Override
    public SakkeCore create(SecureRandom random) {
        return new VectorSakkeCore(random);
    }

    /** What the JVM calculates with on this machine; a class of its own, so that it is looked at only where there is the module. */
    private static final class Widest {
        static final int OCTETS = DoubleVector.SPECIES_PREFERRED.vectorByteSize();
    }
}
