package org.mckms.benchmarks.mikeysakke;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.ServiceLoader;
import org.mckms.benchmarks.report.Core;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SakkeCoreProvider;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/** The library's cores, taken without the trial that decides which one a server uses. */
public final class Cores {
    private static final String VECTOR_FIELD = "org.mckms.mikeysakke.vector.VectorSakkeField";

    private Cores() {}

    static SakkeCore of(String title, SecureRandom random) {
        return title.equals(Core.VECTOR.title())
                ? provider()
                        .orElseThrow(() -> new IllegalStateException("no vector core on the class path"))
                        .create(random)
                : new ScalarSakkeCore(random);
    }

    /** Why there is no vector core here; empty if there is one. */
    public static Optional<String> obstacleToVectorCore() {
        return provider().map(SakkeCoreProvider::obstacle).orElse(Optional.of("not on the class path"));
    }

    /**
     * The field that the core calculates in. That of the vector core is looked up by name, since this module is compiled without it.
     *
     * @throws ReflectiveOperationException if it is not on the class path
     */
    static SakkeField field(String title) throws ReflectiveOperationException {
        return title.equals(Core.VECTOR.title())
                ? (SakkeField)
                        Class.forName(VECTOR_FIELD).getDeclaredConstructor().newInstance()
                : ScalarSakkeField.INSTANCE;
    }

    private static Optional<SakkeCoreProvider> provider() {
        return ServiceLoader.load(SakkeCoreProvider.class).findFirst();
    }
}
