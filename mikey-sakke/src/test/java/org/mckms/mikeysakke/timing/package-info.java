/** Measures whether the time of an operation depends on its secret; see docs/timing.md. Run by the profile "timing" only. */
package org.mckms.mikeysakke.timing;
