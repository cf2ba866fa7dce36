/** Targets for a fuzzer: everything that reads what strangers send. None of them knows the fuzzer. */
package org.mckms.fuzz;
