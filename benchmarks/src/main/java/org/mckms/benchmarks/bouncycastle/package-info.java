/** What Bouncy Castle offers for each operation, as its own callers reach it. */
package org.mckms.benchmarks.bouncycastle;
