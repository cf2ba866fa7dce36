/** Numbered log messages of the CSC interfaces. */
package org.mckms.csc.log;
