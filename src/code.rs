//! Closed lists of codes: each enum spells its codes once, and can list them all.

/// Gives an enum `code()`, the output contract's spelling of a value, and `CODES`, every spelling in order. Written
/// with `&` for an enum whose variants hold values. A variant without a line does not compile.
macro_rules! codes {
    (@items $name:ident { $($variant:ident => $code:literal,)+ }) => {
        /// Every code, in the order of the variants.
        pub const CODES: &'static [&'static str] = &[$($code),+];
    };
    (& $name:ident { $($variant:ident => $code:literal,)+ }) => {
        impl $name {
            codes!(@items $name { $($variant => $code,)+ });

            /// A stable code for programs.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self {
                    $($name::$variant { .. } => $code,)+
                }
            }
        }
    };
    ($name:ident { $($variant:ident => $code:literal,)+ }) => {
        impl $name {
            codes!(@items $name { $($variant => $code,)+ });

            /// The contract's spelling.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $($name::$variant { .. } => $code,)+
                }
            }
        }
    };
}

pub(crate) use codes;
