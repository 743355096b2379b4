/** Of the package; a link names it, so that another version is known as a reason for other numbers. */
export const version = '0.1.0'
