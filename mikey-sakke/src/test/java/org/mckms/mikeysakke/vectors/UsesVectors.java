package org.mckms.mikeysakke.vectors;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The vector files of which a test class runs each row; {@link VectorGuard} fails the class when it does not. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(VectorGuard.class)
public @interface UsesVectors {
    String[] value();
}
