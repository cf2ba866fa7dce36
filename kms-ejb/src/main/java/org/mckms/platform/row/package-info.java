/** Rows that decide something and are therefore authenticated: what their MACs cover, and what is told when one is wrong. */
package org.mckms.platform.row;
