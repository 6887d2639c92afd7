import eslint from "@eslint/js";
import { configs as litConfigs } from "eslint-plugin-lit";
import noUnsanitized from "eslint-plugin-no-unsanitized";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/"] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  litConfigs["flat/recommended"],
  noUnsanitized.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true },
    },
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", { max: 500, skipBlankLines: true }],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text goes in as text nodes only." },
        { property: "outerHTML", message: "Text goes in as text nodes only." },
        { property: "insertAdjacentHTML", message: "Text goes in as text nodes only." },
      ],
      "no-restricted-imports": [
        "error",
        {
          paths: ["unsafe-html", "unsafe-svg", "unsafe-mathml"].map((name) => ({
            name: `lit/directives/${name}.js`,
            message: "It would turn what somebody wrote into HTML.",
          })),
        },
      ],
      // `{ unwanted: _, ...rest }` is how a field is left out of an immutable value.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // It asks for `!`, which another rule forbids.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
    },
  },
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
