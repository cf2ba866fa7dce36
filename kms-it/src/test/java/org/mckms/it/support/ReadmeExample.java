package org.mckms.it.support;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.mckms.client.TokenSource;
import org.mckms.client.store.StoreKey;

/** The example in the README of the client library, compiled as it stands there. */
public final class ReadmeExample {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String CLASS = "Example";
    private static final String FRAME = """
            import java.nio.file.*;
            import java.security.SecureRandom;
            import java.time.Clock;
            import java.util.Optional;
            import org.mckms.client.*;
            import org.mckms.client.store.*;
            import org.mckms.mikeysakke.sakke.*;
            import org.mckms.protocol.sealed.Opener;

            public final class Example {
                private static EncapsulatedData sent;
                private static int used;

                private static void send(EncapsulatedData data) {
                    sent = data;
                }

                private static EncapsulatedData sent() {
                    return sent;
                }

                private static void use(SharedSecretValue key) {
                    used = key.use(octets -> octets.length);
                }

                public static int run(
                        Path registrationFile,
                        Path storeFile,
                        Path authority,
                        String user,
                        char[] code,
                        StoreKey storeKey,
                        TokenSource tokens)
                        throws Exception {
                    EXAMPLE
                    return used;
                }
            }
            """;

    private final Class<?> compiled;

    private ReadmeExample(Class<?> compiled) {
        this.compiled = compiled;
    }

    /** Compiles it into an empty folder. */
    public static ReadmeExample compile(Path readme, Path folder) throws IOException, ReflectiveOperationException {
        Matcher example = EXAMPLE.matcher(Files.readString(readme));
        if (!example.find()) {
            throw new AssertionError("no example in " + readme);
        }
        String source = FRAME.replace("EXAMPLE", example.group(1));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-d", folder.toString(), "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(null, files, null, options, null, List.of(new Source(source)))
                    .call()) {
                throw new AssertionError("the example does not compile: " + source);
            }
        }
        URL[] classes = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, ReadmeExample.class.getClassLoader())) {
            return new ReadmeExample(loader.loadClass(CLASS));
        }
    }

    /** Runs it and returns how many octets the key had that it received from itself. */
    public int run(
            Path registrationFile,
            Path storeFile,
            Path authority,
            String user,
            char[] code,
            StoreKey storeKey,
            TokenSource tokens)
            throws ReflectiveOperationException {
        return (int) compiled.getMethod(
                        "run",
                        Path.class,
                        Path.class,
                        Path.class,
                        String.class,
                        char[].class,
                        StoreKey.class,
                        TokenSource.class)
                .invoke(null, registrationFile, storeFile, authority, user, code, storeKey, tokens);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code) {
            super(URI.create("string:///" + CLASS + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
