/** The first administrator of every site in the lab, with every kind of character that a password may have. */
export const administrator = { username: "admin", password: `adm'1n "pw" $HOME \\ end` } as const;
