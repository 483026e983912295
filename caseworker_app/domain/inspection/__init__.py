"""The list of children with EHC plans that an area SEND inspection asks for, with its checks."""
