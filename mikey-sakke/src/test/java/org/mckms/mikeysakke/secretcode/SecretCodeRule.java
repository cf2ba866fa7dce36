package org.mckms.mikeysakke.secretcode;

import java.util.List;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What compiled code that handles secrets may not do, since its time depends on the values or since it leaves copies behind. */
enum SecretCodeRule {
    BIG_INTEGER("uses an integer of variable length") {
        @Override
        boolean forbidsType(String type) {
            return type.equals("java/math/BigInteger") || type.equals("java/math/BigDecimal");
        }
    },
    DIVISION("divides, which takes a time that depends on the operands") {
        private final Set<String> methods =
                Set.of("floorMod", "floorDiv", "ceilDiv", "ceilMod", "divideUnsigned", "remainderUnsigned");

        @Override
        boolean forbidsInstruction(int opcode) {
            return opcode >= Opcodes.IDIV && opcode <= Opcodes.DREM;
        }

        @Override
        boolean forbidsCall(String owner, String name, String descriptor) {
            return owner.startsWith("java/lang/") && methods.contains(name);
        }
    },
    LONG_COMPARISON("compares limbs in order to branch") {
        private final Set<String> methods = Set.of("compare", "compareUnsigned", "compareTo", "signum", "equals");

        @Override
        boolean forbidsInstruction(int opcode) {
            return opcode >= Opcodes.LCMP && opcode <= Opcodes.DCMPG;
        }

        @Override
        boolean forbidsCall(String owner, String name, String descriptor) {
            return isBox(owner) && methods.contains(name)
                    || owner.equals("java/lang/Math")
                            && Set.of("max", "min", "abs").contains(name)
                            && isLong(descriptor);
        }

        private boolean isLong(String descriptor) {
            return Type.getReturnType(descriptor).equals(Type.LONG_TYPE);
        }
    },
    EARLY_EXIT("compares up to the first difference; MessageDigest.isEqual does not") {
        private final Set<String> methods =
                Set.of("equals", "compare", "compareUnsigned", "mismatch", "deepEquals", "compareTo");

        @Override
        boolean forbidsCall(String owner, String name, String descriptor) {
            return Set.of("java/util/Arrays", "java/util/Objects", "java/lang/String", "java/nio/ByteBuffer")
                            .contains(owner)
                    && methods.contains(name);
        }
    },
    BOXING("boxes a value, which cannot be wiped") {
        @Override
        boolean forbidsCall(String owner, String name, String descriptor) {
            return isBox(owner) && name.equals("valueOf");
        }
    },
    TEXT("writes a value as text, which cannot be wiped") {
        private final Set<String> methods = Set.of(
                "toString",
                "toHexString",
                "toUnsignedString",
                "toBinaryString",
                "toOctalString",
                "formatHex",
                "toHexDigits");

        @Override
        boolean forbidsCall(String owner, String name, String descriptor) {
            boolean makesString = owner.equals("java/lang/String")
                    && Set.of("<init>", "valueOf", "concat", "format", "formatted", "join", "copyValueOf")
                            .contains(name);
            boolean printsNumber =
                    (isBox(owner) || owner.equals("java/util/Arrays") || owner.equals("java/util/HexFormat"))
                            && methods.contains(name);
            return makesString
                    || printsNumber
                    || owner.equals("java/lang/StringBuilder")
                    || owner.equals("java/lang/StringBuffer");
        }

        /** A joined text may have lengths, counts and other texts in it, but no limb, octet, array or object. */
        @Override
        boolean forbidsDynamicCall(Handle bootstrap, String descriptor) {
            return bootstrap.getOwner().equals("java/lang/invoke/StringConcatFactory")
                    && !Set.of(Type.INT_TYPE, Type.getType(String.class))
                            .containsAll(Set.copyOf(List.of(Type.getArgumentTypes(descriptor))));
        }
    },
    HASH_TABLE("looks up by hash code, at an address that depends on the value") {
        @Override
        boolean forbidsType(String type) {
            return type.startsWith("java/util/")
                    && (type.endsWith("HashMap")
                            || type.endsWith("HashSet")
                            || type.endsWith("Hashtable")
                            || type.endsWith("TreeMap")
                            || type.endsWith("TreeSet"));
        }

        @Override
        boolean forbidsCall(String owner, String name, String descriptor) {
            return name.equals("hashCode") || owner.equals("java/util/Objects") && name.equals("hash");
        }
    },
    SWITCH("jumps by value") {
        @Override
        boolean forbidsInstruction(int opcode) {
            return opcode == Opcodes.TABLESWITCH || opcode == Opcodes.LOOKUPSWITCH;
        }
    };

    private final String offence;

    SecretCodeRule(String offence) {
        this.offence = offence;
    }

    String offence() {
        return offence;
    }

    /** @param type internal name of a class */
    boolean forbidsType(String type) {
        return false;
    }

    boolean forbidsInstruction(int opcode) {
        return false;
    }

    /** A call, or a reference to the method. */
    boolean forbidsCall(String owner, String name, String descriptor) {
        return false;
    }

    boolean forbidsDynamicCall(Handle bootstrap, String descriptor) {
        return false;
    }

    private static boolean isBox(String type) {
        return Set.of(
                        "java/lang/Byte",
                        "java/lang/Short",
                        "java/lang/Character",
                        "java/lang/Integer",
                        "java/lang/Long",
                        "java/lang/Float",
                        "java/lang/Double")
                .contains(type);
    }
}
