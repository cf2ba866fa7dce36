/**
 * Content encryption keys over HTTP ({@code docs/cek-api.md}): the same strictness, protection and errors as the resources
 * of TS 33.180 annex D, which know no such keys.
 */
package org.mckms.csc.cek;
