package org.mckms.mikeysakke.field;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The text of a kernel: a class with one method, split into several that call each other, over the array of {@link SakkeColumns}. */
final class KernelWriter {
    /** First columns of the methods: more than 8000 octets of bytecode are never compiled, and 1000 to 3000 are compiled best. */
    private static final List<Integer> METHODS = List.of(0, 14, 22);

    private static final int COLUMNS = 2 * SakkeLimbs.COUNT;

    private final List<String> parts;
    private final List<String> states;
    private final List<String> locals;
    private final List<BigInteger> constants = new ArrayList<>();
    private final StringBuilder code = new StringBuilder();

    /**
     * @param parts of {@link SakkeColumns} that are used
     * @param states what goes from column to column, and from what it starts
     * @param locals what a column uses
     */
    KernelWriter(List<String> parts, List<String> states, List<String> locals) {
        this.parts = parts;
        this.states = states;
        this.locals = locals;
    }

    void line(String format, Object... arguments) {
        code.append("        ").append(format.formatted(arguments)).append('\n');
    }

    /** No load moves up over an acquire fence; it needs no instruction on x86. */
    void fence() {
        line("VarHandle.acquireFence();");
    }

    /** The name of a constant. They are kept in an array, since as literals each would need an instruction and a register more. */
    String constant(BigInteger x) {
        int known = constants.indexOf(x);
        if (known < 0) {
            constants.add(x);
            known = constants.size() - 1;
        }
        return "K[" + known + "]";
    }

    void startColumn(int k) {
        List<String> names = states.stream().map(state -> state.split(" ")[0]).toList();
        if (k == 0) {
            states.forEach(state -> line("long %s;", state));
        } else if (METHODS.contains(k)) {
            line("from%d(s, %s);", k, String.join(", ", names));
            code.append("    }\n\n    private static void from%d(long[] s, long %s) {\n"
                    .formatted(k, String.join(", long ", names)));
        }
        if (METHODS.contains(k)) {
            locals.forEach(local -> line("long %s;", local));
        }
        line("// column %d", k);
    }

    /** The whole source file. */
    String source(String type, String method, String comment) {
        StringBuilder source = new StringBuilder("package org.mckms.mikeysakke.field;\n\n");
        for (String part : parts) {
            source.append("import static org.mckms.mikeysakke.field.SakkeColumns.%s;\n".formatted(part));
        }
        return source.append("""

                        import java.lang.invoke.VarHandle;

                        /** Written by KernelGenerator, which explains it; the bounds are in {@link SakkeColumns}. */
                        final class %s {
                        """.formatted(type))
                .append(constants())
                .append("    private %s() {}\n\n".formatted(type))
                .append("    /** %s */\n    static void %s(long[] s) {\n".formatted(comment, method))
                .append(code)
                .append("        s[COLUMNS + %d] += carry;\n    }\n}\n".formatted(COLUMNS - 1))
                .toString();
    }

    private String constants() {
        if (constants.isEmpty()) {
            return "";
        }
        List<String> lines = constants.stream()
                .map(constant -> "        " + literal(constant.longValueExact()))
                .toList();
        return "    private static final long[] K = {\n" + String.join(",\n", lines) + "\n    };\n\n";
    }

    private static String literal(long x) {
        return (x < 0 ? "-0x" : "0x") + Long.toHexString(Math.abs(x)) + "L";
    }
}
