package org.mckms.it.support;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one KMS that all black-box tests share. It is started for the first test that asks and ends with the
 * run. Tests use users of their own where they change something.
 */
public final class RunningKms implements ParameterResolver {
    private static final String KEY = "shared KMS";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Kms.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningKms.class))
                .computeIfAbsent(KEY, key -> Kms.start("shared"), Kms.class);
    }
}
