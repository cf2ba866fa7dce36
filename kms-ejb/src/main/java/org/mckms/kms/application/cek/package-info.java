/** The use cases of content encryption keys (CEKs), and what the server does about them by itself. See decision 0022. */
package org.mckms.kms.application.cek;
