package org.mckms.mikeysakke.secretcode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads a compiled class and collects the places that break a {@link SecretCodeRule}. */
final class SecretCodeScanner extends ClassVisitor {
    private static final int API = Opcodes.ASM9;

    private final List<SecretCodeOffence> offences = new ArrayList<>();
    private String className;

    private SecretCodeScanner() {
        super(API);
    }

    static List<SecretCodeOffence> scan(byte[] classFile) {
        SecretCodeScanner scanner = new SecretCodeScanner();
        new ClassReader(classFile).accept(scanner, ClassReader.SKIP_FRAMES);
        return List.copyOf(scanner.offences);
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name.substring(name.lastIndexOf('/') + 1);
        checkType(superName, "<class>", 0);
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        checkDescriptor(Type.getType(descriptor), name, 0);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        boolean generated = (access & Opcodes.ACC_SYNTHETIC) != 0 && !name.startsWith("lambda$");
        checkSignature(descriptor, name, 0);
        return generated ? null : new Body(name);
    }

    private void report(SecretCodeRule rule, String method, String what, int line) {
        offences.add(new SecretCodeOffence(rule, className + "." + method, what, line));
    }

    private void checkType(String type, String method, int line) {
        Stream.of(SecretCodeRule.values())
                .filter(rule -> rule.forbidsType(type))
                .forEach(rule -> report(rule, method, type, line));
    }

    private void checkDescriptor(Type type, String method, int line) {
        if (type.getSort() == Type.ARRAY) {
            checkDescriptor(type.getElementType(), method, line);
        } else if (type.getSort() == Type.OBJECT) {
            checkType(type.getInternalName(), method, line);
        }
    }

    private void checkSignature(String descriptor, String method, int line) {
        checkDescriptor(Type.getReturnType(descriptor), method, line);
        Stream.of(Type.getArgumentTypes(descriptor)).forEach(type -> checkDescriptor(type, method, line));
    }

    /** The instructions of one method. */
    private final class Body extends MethodVisitor {
        private final String method;
        private int line;

        Body(String name) {
            super(API);
            this.method = name.startsWith("lambda$") ? name.split("\\$")[1] : name;
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitInsn(int opcode) {
            checkInstruction(opcode);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
            checkInstruction(Opcodes.TABLESWITCH);
        }

        @Override
        public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
            checkInstruction(Opcodes.LOOKUPSWITCH);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            checkDescriptor(Type.getObjectType(type), method, line);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            checkType(owner, method, line);
            checkDescriptor(Type.getType(descriptor), method, line);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            checkCall(owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Stream.of(SecretCodeRule.values())
                    .filter(rule -> rule.forbidsDynamicCall(bootstrap, descriptor))
                    .forEach(rule -> report(rule, method, name + descriptor, line));
            Stream.of(arguments).forEach(this::checkConstant);
        }

        @Override
        public void visitLdcInsn(Object value) {
            checkConstant(value);
        }

        private void checkConstant(Object value) {
            if (value instanceof Handle handle) {
                checkCall(handle.getOwner(), handle.getName(), handle.getDesc());
            } else if (value instanceof Type type && type.getSort() != Type.METHOD) {
                checkDescriptor(type, method, line);
            } else if (value instanceof ConstantDynamic constant) {
                checkDescriptor(Type.getType(constant.getDescriptor()), method, line);
            }
        }

        private void checkInstruction(int opcode) {
            Stream.of(SecretCodeRule.values())
                    .filter(rule -> rule.forbidsInstruction(opcode))
                    .forEach(rule -> report(rule, method, "by an instruction", line));
        }

        private void checkCall(String owner, String name, String descriptor) {
            checkDescriptor(Type.getObjectType(owner), method, line);
            Stream.of(SecretCodeRule.values())
                    .filter(rule -> rule.forbidsCall(owner, name, descriptor))
                    .forEach(rule -> report(rule, method, owner + "." + name, line));
            if (descriptor.startsWith("(")) {
                checkSignature(descriptor, method, line);
            }
        }
    }
}
