"""Controls that paint themselves from the theme and keep their Qt roles."""
