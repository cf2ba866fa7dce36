package org.mckms.client.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.mckms.protocol.codec.InteropProfile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an interop profile by its name, such as {@code user-id-hex}. */
final class InteropProfileConverter implements ITypeConverter<InteropProfile> {

    @Override
    public InteropProfile convert(String name) {
        return InteropProfile.named(name)
                .orElseThrow(() -> new TypeConversionException("'" + name
                        + "' is none of "
                        + Arrays.stream(InteropProfile.values())
                                .map(InteropProfile::profileName)
                                .collect(Collectors.joining(", "))));
    }
}
