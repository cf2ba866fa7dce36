package org.mckms.mikeysakke.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule of {@link Lanes}: a method with vectors is too long to be taken into its callers, and short enough to be compiled well. */
class VectorMethodSizeTest {
    /** HotSpot takes in no method with more octets of code: the default of its flag FreqInlineSize. */
    private static final int INLINED = 325;

    private static final int OPERATIONS = 55;

    /** With so few operations a method may be taken into the only one that calls it. */
    private static final int FEW = 30;

    static Stream<Class<?>> classesWithVectors() {
        return Stream.of(
                ProductRows.class,
                ModulusRows.class,
                Carry.class,
                CarriedSum.class,
                Tightening.class,
                TableScan.class,
                TablePermutation.class,
                PointEntry.class);
    }

    @ParameterizedTest
    @MethodSource("classesWithVectors")
    void isKept(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
                long operations = operations(method);
                if (operations > FEW) {
                    assertThat(codeLength(method))
                            .as(method.methodName().stringValue())
                            .isGreaterThan(INLINED);
                    assertThat(operations).as(method.methodName().stringValue()).isLessThanOrEqualTo(OPERATIONS);
                }
            }
        }
    }

    /** Calls that work on vectors, views of their bits apart. */
    private static long operations(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .filter(call -> call.owner().asInternalName().startsWith("jdk/incubator/vector/")
                        || call.owner().asInternalName().endsWith("/Lanes"))
                .filter(call -> !call.name().stringValue().startsWith("viewAs"))
                .count();
    }

    private static int codeLength(MethodModel method) {
        return method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
    }
}
