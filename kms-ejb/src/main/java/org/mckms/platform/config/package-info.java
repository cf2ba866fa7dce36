/** The settings of the server: read once at start, checked as a whole, immutable afterwards. */
package org.mckms.platform.config;
