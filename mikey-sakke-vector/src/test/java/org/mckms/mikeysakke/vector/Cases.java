package org.mckms.mikeysakke.vector;

/** How many random cases each test runs through: more in the profile "thorough". */
final class Cases {
    static final int COUNT = Integer.getInteger("mikeysakke.vector.cases", 500);

    private Cases() {}
}
