// Command sdkgen writes the SDKs of the languages that are kept in this repository from the provider's schema.
//
//	sdkgen provider/schema.json sdk
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	pygen "github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The tool that the header of each generated file gives.
const tool = "npm run sdk"

// Each generator decodes its own section of the schema in place, so each gets a package of its own.
var languages = map[string]func(*schema.Package) (map[string][]byte, error){
	"go": func(pkg *schema.Package) (map[string][]byte, error) {
		return gogen.GeneratePackage(tool, pkg, nil)
	},
	"python": func(pkg *schema.Package) (map[string][]byte, error) {
		files, err := pygen.GeneratePackage(tool, pkg, nil, nil)
		if err != nil {
			return nil, err
		}
		return files, removeDictionaries(files)
	},
}

// Dictionaries that the types of Pulumi for Python accept, and whose keys it sends as they are: in a union, and in the
// arguments of a function. Without them, a type checker says what would fail.
var untranslated = map[string][2]string{
	"pulumi_org_conformance/organization_conformance_pack_status.py": {
		"'WaitForSettledArgs', 'WaitForSettledArgsDict'", "'WaitForSettledArgs'",
	},
	"pulumi_org_conformance/get_organization_conformance_pack_status.py": {
		"Union['AssumeRole', 'AssumeRoleDict']", "'AssumeRole'",
	},
}

func removeDictionaries(files map[string][]byte) error {
	for path, replacement := range untranslated {
		before, after := []byte(replacement[0]), []byte(replacement[1])
		if !bytes.Contains(files[path], before) {
			return fmt.Errorf("%s has no %s", path, before)
		}
		files[path] = bytes.ReplaceAll(files[path], before, after)
	}
	return nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: sdkgen <schema.json> <folder>")
		os.Exit(2)
	}
	if err := generate(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func generate(schemaFile, folder string) error {
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		return err
	}
	for language, generatePackage := range languages {
		pkg, err := bind(text)
		if err != nil {
			return err
		}
		files, err := generatePackage(pkg)
		if err != nil {
			return fmt.Errorf("%s: %w", language, err)
		}
		for path, content := range files {
			if err := write(filepath.Join(folder, language, path), content); err != nil {
				return err
			}
		}
	}
	return nil
}

func bind(text []byte) (*schema.Package, error) {
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	// The schema refers to no other package, so nothing is loaded.
	pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return pkg, nil
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
