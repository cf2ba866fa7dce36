package org.mckms.it.support;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one KMS behind proxies that those of a process share. It is started for the first test that asks and
 * ends with the process.
 */
public final class RunningProxies implements ParameterResolver {
    private static final String KEY = "KMS behind proxies";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ProxiedKms.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(RunningProxies.class))
                .computeIfAbsent(KEY, key -> Started.attempt(), Started.class)
                .proxied();
    }

    private record Started(Optional<ProxiedKms> proxies, Optional<Throwable> failure) implements AutoCloseable {
        static Started attempt() {
            try {
                return new Started(Optional.of(ProxiedKms.start(KmsHome.ofThisProcess("proxied"))), Optional.empty());
            } catch (RuntimeException | AssertionError e) {
                return new Started(Optional.empty(), Optional.of(e));
            }
        }

        ProxiedKms proxied() {
            return proxies.orElseThrow(
                    () -> new AssertionError("the KMS behind proxies did not start", failure.orElseThrow()));
        }

        @Override
        public void close() {
            proxies.ifPresent(ProxiedKms::close);
        }
    }
}
