/** The way of content encryption keys to MC servers. */
package org.mckms.kms.infrastructure.cek;
