package org.mckms.mikeysakke.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that ran fewer rows of its vector files than the index says exist. */
public final class VectorGuard implements AfterAllCallback {
    private static final ConcurrentMap<String, Set<String>> STARTED = new ConcurrentHashMap<>();

    static void started(String path, String row) {
        STARTED.computeIfAbsent(path, unused -> ConcurrentHashMap.newKeySet()).add(row);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        UsesVectors uses = context.getRequiredTestClass().getAnnotation(UsesVectors.class);
        for (String path : uses.value()) {
            int existing = VectorFile.json("index.json").getJsonObject(path).getInt("cases");
            assertThat(new TreeSet<>(STARTED.getOrDefault(path, Set.of())))
                    .as("rows of %s that ran", path)
                    .hasSize(existing);
        }
    }
}
