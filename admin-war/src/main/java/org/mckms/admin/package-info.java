/**
 * The operators' interface {@code /admin/v1}: JSON over mutually authenticated TLS. Each method reads its parameters
 * strictly, calls one use case and shows what it gives; who may do what is decided by the use case.
 */
package org.mckms.admin;
