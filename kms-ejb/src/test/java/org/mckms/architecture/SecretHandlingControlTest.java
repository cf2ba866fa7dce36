package org.mckms.architecture;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.secret.SecretOctets;

/** Shows that the rules of {@link SecretHandlingTest} find what they forbid. */
class SecretHandlingControlTest {

    static Stream<Arguments> rulesAndOffenders() {
        return Stream.of(
                Arguments.of(SecretHandlingTest.NUMBERS_OF_VARIABLE_LENGTH_ARE_NOT_USED, UsesABigInteger.class),
                Arguments.of(SecretHandlingTest.ARRAYS_ARE_COMPARED_WITHOUT_AN_EARLY_EXIT, ComparesArrays.class),
                Arguments.of(SecretHandlingTest.OCTETS_ARE_NOT_WRITTEN_AS_TEXT, WritesHexDigits.class),
                Arguments.of(SecretHandlingTest.OCTETS_ARE_NOT_WRITTEN_AS_TEXT, WritesAnArray.class),
                Arguments.of(SecretHandlingTest.WHOEVER_USES_A_SECRET_BOXES_NOTHING, BoxesAnOctet.class));
    }

    @ParameterizedTest
    @MethodSource("rulesAndOffenders")
    void findsTheOffender(ArchRule rule, Class<?> offender) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule.check(new ClassFileImporter().importClasses(offender)))
                .withMessageContaining(offender.getSimpleName());
    }

    static final class UsesABigInteger {
        int bits(byte[] secret) {
            return new BigInteger(secret).bitLength();
        }
    }

    static final class ComparesArrays {
        boolean same(byte[] a, byte[] b) {
            return Arrays.equals(a, b);
        }
    }

    static final class WritesHexDigits {
        String write(byte[] secret) {
            return HexFormat.of().formatHex(secret);
        }
    }

    static final class WritesAnArray {
        String write(byte[] secret) {
            return Arrays.toString(secret);
        }
    }

    static final class BoxesAnOctet {
        Byte first(SecretOctets secret) {
            return secret.use(octets -> octets[0]);
        }
    }
}
