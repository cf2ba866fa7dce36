package org.mckms.it.support;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one KMS that all black-box tests of a process share. It is started for the first test that asks and ends
 * with the process. Tests use users of their own where they change something.
 */
public final class RunningKms implements ParameterResolver {
    private static final String KEY = "shared KMS";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Kms.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(RunningKms.class))
                .computeIfAbsent(KEY, key -> Started.attempt(), Started.class)
                .kms();
    }

    /** The outcome of the only attempt to start: a server that does not start is not started again for each test. */
    private record Started(Optional<Kms> server, Optional<Throwable> failure) implements AutoCloseable {
        static Started attempt() {
            try {
                return new Started(Optional.of(Kms.start(KmsHome.ofThisProcess("shared"))), Optional.empty());
            } catch (RuntimeException | AssertionError e) {
                return new Started(Optional.empty(), Optional.of(e));
            }
        }

        Kms kms() {
            return server.orElseThrow(() -> new AssertionError("the shared KMS did not start", failure.orElseThrow()));
        }

        @Override
        public void close() {
            server.ifPresent(Kms::close);
        }
    }
}
