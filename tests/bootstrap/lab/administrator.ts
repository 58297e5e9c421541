/** The first administrator of every site in the lab, with all that a password may hold. */
export const administrator = { username: "admin", password: `adm'1n "pw" $HOME \\ end` } as const;
